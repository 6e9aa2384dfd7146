"""From bytes, files and web pages to an article's text, and the forms that tell its parts."""
