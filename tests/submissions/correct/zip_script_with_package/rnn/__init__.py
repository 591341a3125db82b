"""My recurrent network."""
