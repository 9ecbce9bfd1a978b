"""Things to try the product with: a scripted model server that speaks the OpenAI protocol."""
