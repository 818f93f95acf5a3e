"""The public survey: screens of questions, made on the server, without a script."""
