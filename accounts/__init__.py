"""Who acts: users, offices, memberships since and until, API tokens, sign-in."""
