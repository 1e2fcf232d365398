"""What a night's count costs beside reading its sheet."""
