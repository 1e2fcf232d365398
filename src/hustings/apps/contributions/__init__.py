"""
What comes from outside without being bought: people who help, people who are lent, and gifts.

The three are kept apart by who pays, not by what somebody calls them, and each is judged by the rules.
"""
