"""Maps on screen and as images: values to classes, geometry, the two map components."""
