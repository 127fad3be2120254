"""Tests of the assistant scaled out."""
