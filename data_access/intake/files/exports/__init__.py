"""Turns exports of form tools (KoboToolbox, ODK, CommCare, Google Forms) into plain sheets."""
