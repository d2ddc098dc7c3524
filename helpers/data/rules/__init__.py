"""Rules of the tables: what holds for every one, and what each means.

One module a folder of the data: a rule that reads tables of several folders stands with the table
that it finds fault with. What holds of codebook and coders stands in a module of its own.
"""
