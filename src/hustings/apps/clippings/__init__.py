"""
Newspaper articles that somebody pasted, what a person confirmed of them, and who has said what about whom.

The whole article is kept for a few days (:data:`~hustings.apps.clippings.forgetting.KEPT_FOR`); beyond them
stay only the excerpts that somebody confirmed, each with its source. What an excerpt is taken to be can be
said anew; its words never change.
"""
