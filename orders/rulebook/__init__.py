"""What operators publish over the shipped filing rules, and which rules hold when."""
