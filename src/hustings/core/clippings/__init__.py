"""Newspaper clippings: who said what about whom. It proposes; a person confirms."""
