drop table dot.job_subscription, dot.job_batch, dot.job_schedule_fire, dot.job_schedule, dot.idempotency_registry, dot.queue_rate,
  dot.queue_heartbeat, dot.job_dead_letter, dot.job_history, dot.job_queue, dot.job_kind_registry, dot.queue_registry,
  dot.failure_class_registry, dot.retry_policy_registry, dot.executor_class_registry;
drop sequence dot.job_seq;
