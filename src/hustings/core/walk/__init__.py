"""
Walking: streets and doors in, an order of doors out.

A *street network* is what a person on foot can use.
A *stop* is a place on it where somebody knocks: a point along an edge, on one side.
"""
