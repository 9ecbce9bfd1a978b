"""Messages as the rows of a sparse table, for training linear models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from ipt_roleplay.linear import Block, Vocabulary


def table(found: Sequence[Mapping[str, Block]], words: Vocabulary) -> csr_matrix:
    """One row a message, one column a feature of `words`."""
    placed = [words.place(one) for one in found]
    starts = np.cumsum([0, *(len(columns) for columns, _ in placed)])
    columns = [column for columns, _ in placed for column in columns]
    values = [value for _, values in placed for value in values]
    return csr_matrix((values, columns, starts), shape=(len(found), len(words.scales)))
