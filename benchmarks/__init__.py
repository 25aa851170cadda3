"""How fast the parts are against each other: ratios, since machines differ."""
