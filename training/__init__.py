"""What is needed to build the models, not to run them: annotations, training sets, learning."""
