"""The book, the slides and the handout, made from the executed notebooks and the tables."""
