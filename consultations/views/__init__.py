"""Pages about consultations: those of job seekers, of mentors, and of the staff at the desk."""
