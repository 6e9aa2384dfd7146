"""Many articles: read, analysed, stored and compared."""
