print("fanpai")
