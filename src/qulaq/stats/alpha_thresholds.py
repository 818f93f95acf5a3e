"""
What alpha is enough: Krippendorff's rule of thumb (2004; restated by Hayes & Krippendorff 2007, Communication Methods and
Measures 1(1), 77-89). Alone in a module, for whoever only names the numbers needs no arrays.
"""

from __future__ import annotations

TENTATIVE_ALPHA = 0.667
"""Below it nothing is published."""
RELIABLE_ALPHA = 0.8
"""From here on agreement can be relied upon; below it conclusions are tentative."""
