"""Documents arrive: received with the law's verdict, then returned, refused, sent on, set aside."""
