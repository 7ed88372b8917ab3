"""What the site is built of and from whom it comes."""
