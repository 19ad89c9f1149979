"""What every resource of the API shares: pages, filters, refusals, limits, and its OpenAPI document.

The resources themselves stand in ``api.py`` of the app whose rows they show; ``api_urls`` lists them all.
"""
