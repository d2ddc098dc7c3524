"""The page on which codes can be changed: what it shows, what its script reads, the page itself."""
