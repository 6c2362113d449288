"""What the house costs: training, memory, time per message, and how many parents at once. ``python -m bot.bench``."""
