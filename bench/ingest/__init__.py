"""How fast the server takes in what phones heard, beside a bare insert of the same rows."""
