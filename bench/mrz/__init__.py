"""How well a picture of the passport's lines is read on the device, and how the reader learned it."""
