"""Words: what an agreement's rules say, in plain English sentences made from the same expressions that decide.

In: the core (requirement trees, norms, trust rules) and, for names, the model. Out: `Statement`s fit to be read aloud. Two rules
that mean different things are never said in the same words; a test holds that over every agreement there is.
"""
