"""What is past its time of keeping, in every layer: found, told, and removed by a command and every Sunday night."""
