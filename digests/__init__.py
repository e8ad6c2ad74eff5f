"""The domain: articles, digests and their delivery, without a word of Telegram."""
