# Each target brings what it needs by itself; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run demo test lint check bench soak format lock clean
python := .venv/bin/python

help: ## 列出全部命令 · list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## 启动服务点和保险公司平台 · start the service point and the insurer's hub
	@scripts/setup run
	@exec scripts/serve

demo: ## 同上，并装入合成的示例数据 · the same with synthetic sample data
	@scripts/setup run
	@exec scripts/serve --demo

test: ## 运行全部测试 · run every test
	@scripts/setup dev
	@$(python) -m pytest

lint: ## 检查代码、类型、格式和译文目录 · check code, types, formatting and the catalogue
	@scripts/setup dev
	@scripts/lint

check: test lint ## 测试并检查 · both of the above

bench: ## 测量速度（ONLY=print 只测一项）· measure (ONLY=print for one part)
	@scripts/setup dev
	@$(python) -m bench

soak: ## 反复出错、断电并核对（MINUTES=30，ONLY=crash 只测一项）· let things go wrong, and count (MINUTES=30, ONLY=crash)
	@scripts/setup dev
	@scripts/soak

format: ## 整理代码格式 · format the code
	@scripts/setup dev
	@$(python) -m ruff check --fix --quiet .
	@$(python) -m ruff format .

lock: ## 重新锁定依赖版本 · lock the requirements again
	@scripts/setup dev
	@scripts/lock

clean: ## 删除环境和缓存，保留数据 · remove the environment and caches, keep the data
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis artifacts
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
