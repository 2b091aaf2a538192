"""Tests of the questions that lists can be asked."""
