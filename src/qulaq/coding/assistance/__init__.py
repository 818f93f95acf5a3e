"""
Machines as one more coder: what they learn from, how far they agree with people, what they propose.

A machine's code is never gold. It is proposed where the machine was tried on units drawn at random that people coded
too, and shares that rest on it are corrected by what people said of these.
"""
