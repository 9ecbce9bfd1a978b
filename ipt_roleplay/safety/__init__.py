"""The first safety screen."""

from ipt_roleplay.safety.screening import screen
