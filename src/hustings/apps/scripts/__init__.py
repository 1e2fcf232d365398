"""
Scripts and scales: what is said and asked at a door, in which version and language, and the levels of support.
"""
