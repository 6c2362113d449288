"""Danger first: recognises a message of acute need, so that the help lines are shown at once.

Small on purpose: patterns in a file that staff can read (``patterns.yml``) and a linear model in a plain JSON file. The
door imports this package, so nothing here needs Rasa, TensorFlow or scikit-learn at run time (training does).
"""

from bot.nlu.danger.detector import Danger, Detector, need

__all__ = ["Danger", "Detector", "need"]
