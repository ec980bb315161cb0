"""How a source system is reached: databases, folders (local and SFTP), REST. Not here: what its bytes mean (readers)."""
