"""Outgoing post: papers that wait, the register of what left, the morning's mail."""
