"""What migrations do beyond tables: forwards, backwards and forwards again."""
