"""Filing rules as data: facts in, findings out. Knows no other app and no tables of theirs."""
