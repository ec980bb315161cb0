"""Connected components of a graph, vectorised and independent of the order of its edges.

Not here: whether a component may be one person (identity/cluster/consistency.py).
"""

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.int64]


def connected_components(size: int, left: Indices, right: Indices) -> Indices:
    """The smallest node of each node's component.

    Args:
        size: Number of nodes, named 0 … size-1.
        left: One end of each edge.
        right: The other end.
    """
    root = np.arange(size, dtype=np.int64)
    while left.size:
        # Hook the larger root of every edge below the smaller one, then let every node see its root.
        a, b = root[left], root[right]
        open_edges = a != b
        if not open_edges.any():
            break
        left, right, a, b = left[open_edges], right[open_edges], a[open_edges], b[open_edges]
        np.minimum.at(root, np.maximum(a, b), np.minimum(a, b))
        while not np.array_equal(root, root[root]):
            root = root[root]
    return root
