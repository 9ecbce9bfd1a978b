"""Steps from each stored form of the database to the next, applied when it is opened."""
