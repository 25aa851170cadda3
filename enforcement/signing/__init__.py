"""The one page on which a verb is signed: what it asks, what it will do, why it is closed."""
