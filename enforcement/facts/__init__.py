"""What is true now, read only: who sees a case, what is owed, where a proceeding stands."""
