"""Starting the house's own command as a program: the one way to what dashboards may not import (docs/decisions/0014)."""
