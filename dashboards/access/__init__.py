"""Who is at the desk and what they may see: accounts, lock-out, sessions, policy, audit. No data of the street is read here."""
