"""How small a proof is, and how fast a word is checked."""
