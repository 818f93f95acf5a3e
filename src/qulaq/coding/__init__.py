"""
What people read out of texts: judgements by a codebook, and whether those who judge agree.

    agreements = measure_agreement(read_judgements(Path("codes.csv")))
    [(one.coefficient, one.value, one.low, one.high) for one in agreements]
"""
