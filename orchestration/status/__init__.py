"""What `yidang status` tells."""
