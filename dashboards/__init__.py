"""The pages a street official opens; they read one published version and nothing else."""
