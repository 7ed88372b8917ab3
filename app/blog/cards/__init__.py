"""Cards: the picture of a post that shows where somebody links to it, drawn with the site's own type and colours."""
