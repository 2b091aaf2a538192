"""Who signs in to the desk, how, by what second factor, and the tokens of partners."""
