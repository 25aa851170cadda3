"""What participants hand in that must be answered: petitions, complaints, challenges."""
