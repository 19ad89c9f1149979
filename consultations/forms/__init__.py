"""What pages about consultations ask of job seekers, mentors and the staff at the desk."""
